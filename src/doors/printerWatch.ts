import type { PrinterStatus, PrintOutcome } from '../protocol/http.js';
import type { PrinterFault } from '../protocol/vocabulary.js';
import type { Lobbies } from '../runtime/lobbies.js';
import { systemActor } from '../runtime/system.js';

/** A kiosk's printer, and the kiosk that it stands in. */
export interface KioskPrinter {
  branchId: string;
  kiosk: { id: string; name: string };
  address: string;
}

/** Printers asked at one time. */
const AT_ONCE = 20;

/** Makes what is learnt of kiosks' printers known to the lobby, where managers are told of it [K-6]. */
export class PrinterWatch {
  #looking: Promise<void> | undefined;

  constructor(
    private readonly lobbies: Lobbies,
    private readonly printers: () => Promise<KioskPrinter[]>,
    private readonly statusOf: (address: string) => Promise<PrinterStatus['printer']>,
  ) {}

  /** What a printer has just said of itself; whatever changes nothing is not recorded. */
  async tell(branchId: string, kiosk: KioskPrinter['kiosk'], said: PrinterStatus['printer'] | PrintOutcome) {
    // Nobody knows: the next look does.
    if (said === 'unsure' || said === 'busy') return;
    const trouble = said === 'none' || said === 'ready' || said === 'printed' ? undefined : said;
    if (!this.lobbies.has(branchId) || troubleOf(this.lobbies, branchId, kiosk.id) === trouble) return;
    const { seq } = this.lobbies.shown(branchId);
    await this.lobbies.execute(branchId, {
      // The same news of the same lobby is the same command [L12].
      id: `printer-${kiosk.id}-${trouble ?? 'works'}-${seq}`,
      command: { type: 'RecordPrinter', screen: kiosk, ...(trouble && { trouble }) },
      actor: systemActor,
    });
  }

  /** Asks every printer of the branches that are open; one look at a time, as a printer that is away takes long. */
  look(): Promise<void> {
    return (this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    }));
  }

  async #look(): Promise<void> {
    const all = await this.printers();
    const open = this.lobbies.branchIds().filter((id) => this.lobbies.shown(id).state.phase === 'open');
    // A kiosk that was taken away, or its printer, is in no trouble any more.
    for (const branchId of open)
      for (const { kind, screen } of Object.values(this.lobbies.shown(branchId).state.tasks))
        if (kind === 'printer' && screen && !all.some(({ kiosk }) => kiosk.id === screen.id))
          await this.tell(branchId, screen, 'none');
    const asked = all.filter(({ branchId }) => open.includes(branchId));
    // One that can't be asked keeps nobody from hearing of the others; the next look asks it again.
    for (let i = 0; i < asked.length; i += AT_ONCE)
      await Promise.allSettled(
        asked
          .slice(i, i + AT_ONCE)
          .map(async ({ branchId, kiosk, address }) =>
            this.tell(branchId, kiosk, await this.statusOf(address)),
          ),
      );
  }
}

function troubleOf(lobbies: Lobbies, branchId: string, kioskId: string): PrinterFault | undefined {
  const tasks = Object.values(lobbies.shown(branchId).state.tasks);
  return tasks.find(({ kind, screen }) => kind === 'printer' && screen?.id === kioskId)?.trouble;
}
