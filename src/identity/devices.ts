import { In, IsNull, MoreThanOrEqual, Not } from 'typeorm';
import type { IdentityDatabase, WallClock } from './database.js';
import { Device } from './entities.js';
import type { DeviceKind, Identity } from './identity.js';
import { watches } from './policy.js';
import { DEVICE_PREFIX, hashOf, newId, newToken } from './tokens.js';

export interface NewDevice {
  kind: DeviceKind;
  branchId: string;
  /** Counter of a sign or pad; zone of the room a board hangs in. */
  place?: string;
  label: string;
}

/** Screens that were enrolled: boards, counter signs, rating pads, kiosks. */
export class Devices {
  readonly #known = new Map<string, Identity>();
  readonly #revoked = new Set<string>();
  /** When each screen was last heard of, as far as this process knows. */
  readonly #heard = new Map<string, number>();
  /** What of it is on disk. */
  readonly #kept = new Map<string, number>();

  constructor(
    private readonly database: IdentityDatabase,
    private readonly wall: WallClock,
  ) {}

  /** Enrols a screen; the token is returned once and stored nowhere. */
  async enrol(screen: NewDevice): Promise<{ id: string; token: string }> {
    const token = newToken(DEVICE_PREFIX);
    const device = new Device();
    Object.assign(device, {
      id: newId(),
      kind: screen.kind,
      branchId: screen.branchId,
      place: screen.place ?? null,
      label: screen.label,
      tokenHash: hashOf(token),
      enrolledAt: this.wall(),
      revokedAt: null,
      heardAt: null,
      printer: null,
    });
    await this.database.write((manager) => manager.insert(Device, device));
    return { id: device.id, token };
  }

  async identify(token: string): Promise<Identity | undefined> {
    const hash = hashOf(token);
    const kept = this.#known.get(hash);
    if (kept !== undefined) return this.alive(kept) ? kept : undefined;
    const device = await this.database.source.manager.findOneBy(Device, {
      tokenHash: hash,
      revokedAt: IsNull(),
    });
    if (device === null) return undefined;
    const identity = identityOf(device);
    this.#known.set(hash, identity);
    return identity;
  }

  alive(identity: Identity): boolean {
    return !this.#revoked.has(identity.actor.id);
  }

  async list(branchId: string): Promise<Device[]> {
    const devices = await this.database.source.manager.findBy(Device, { branchId });
    for (const device of devices) device.heardAt = this.#heard.get(device.id) ?? device.heardAt;
    return devices;
  }

  /** These screens are connected, or were until now [S-17]. */
  heard(ids: readonly string[]): void {
    const now = this.wall();
    for (const id of ids) this.#heard.set(id, now);
  }

  /** Writes what `heard` was told and the disk does not know; which of two times is later says nothing here [G12]. */
  async keepHeard(): Promise<void> {
    const fresh = [...this.#heard].filter(([id, at]) => this.#kept.get(id) !== at);
    const byTime = new Map<number, string[]>();
    for (const [id, at] of fresh) byTime.set(at, [...(byTime.get(at) ?? []), id]);
    await this.database.write(async (manager) => {
      for (const [at, ids] of byTime) await manager.update(Device, { id: In(ids) }, { heardAt: at });
    });
    for (const [id, at] of fresh) this.#kept.set(id, at);
  }

  /** False when the branch has no such screen. */
  async revoke(id: string, branchId: string): Promise<boolean> {
    const { affected } = await this.database.write((manager) =>
      manager.update(Device, { id, branchId }, { revokedAt: this.wall() }),
    );
    if (affected === 0) return false;
    this.#revoked.add(id);
    return true;
  }

  /**
   * Says which printer stands in a kiosk; null: none. False when the branch has no such kiosk.
   * @param printer its network address, already checked
   */
  async setPrinter(id: string, branchId: string, printer: string | null): Promise<boolean> {
    const { affected } = await this.database.write((manager) =>
      manager.update(Device, { id, branchId, kind: 'kiosk', revokedAt: IsNull() }, { printer }),
    );
    return affected !== 0;
  }

  /** Kiosks of every branch that have a printer. */
  withPrinter(): Promise<Device[]> {
    return this.database.source.manager.findBy(Device, {
      kind: 'kiosk',
      revokedAt: IsNull(),
      printer: Not(IsNull()),
    });
  }

  /** The address of a screen's printer; undefined where there is none. */
  async printerOf(id: string): Promise<string | undefined> {
    const device = await this.database.source.manager.findOneBy(Device, { id, revokedAt: IsNull() });
    return device?.printer ?? undefined;
  }

  /** Learns what other processes revoked since `since`. */
  async refresh(since: number): Promise<void> {
    const revoked = await this.database.source.manager.findBy(Device, { revokedAt: MoreThanOrEqual(since) });
    for (const { id } of revoked) this.#revoked.add(id);
  }
}

function identityOf(device: Device): Identity {
  const { id, kind, branchId, place, label } = device;
  const atCounter = kind === 'counterSign' || kind === 'ratingPad';
  return {
    kind: 'device',
    credential: `device:${id}`,
    branchId,
    audiences: watches(kind),
    actor: {
      id,
      role: kind,
      name: label,
      skills: [],
      session: id,
      ...(atCounter && place !== null ? { counterId: place } : {}),
    },
    ...(kind === 'board' && place !== null ? { room: place } : {}),
  };
}
