import { parseArgs } from 'node:util';

export interface DemoArguments {
  /** Branch seconds per real second, 0 to 60. */
  speed: number;
  seed: number;
  players: boolean;
  port: number;
  /** Absent: a new directory that is gone afterwards. */
  data?: string;
  /** This machine's name or address in the network; absent: only this machine reaches the demo. */
  phones?: string;
  /** Minutes after local midnight at which the visitor comes in. */
  start: number;
  /** Days before this one that the branch has behind it, 0 to 30. */
  pastDays: number;
}

/** Something in the command line that can't be used. */
export class BadArguments extends Error {}

export const usage = `npm run demo -- [options]
  --speed N      branch seconds per second, 0 (frozen) to 60; 10 if not given / 时间快慢
  --seed N       another day's customers for another number; 1 if not given / 换一批客户
  --start HH:MM  when you come in, 08:00 to 17:00; 10:40, when the lobby is full, if not given / 从几点看起
  --past-days N  days that the branch has behind it, 0 to 30; 14 if not given / 此前已有几天的营业记录
  --no-players   nobody acts but you, and the branch is not open yet / 没有人替您操作，网点尚未营业
  --port N       8080 if not given / 端口
  --phones HOST  this computer's address in your network, such as 192.168.1.20: phones there
                 may scan the kiosk's code / 本机在网络中的地址，手机即可扫取号机上的二维码
  --help         this list / 显示本说明
  --data DIR     keep the demo's data there and go on with it next time / 保存演示数据
`;

/**
 * Reads the command line of the demo; undefined when only its options are asked for.
 * @throws BadArguments
 */
export function readDemoArguments(args: string[]): DemoArguments | undefined {
  const { values } = parsed(args);
  if (values.help) return undefined;
  const start = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(values.start);
  const minute = Number(start?.[1]) * 60 + Number(start?.[2]);
  if (!(minute >= 8 * 60 && minute <= 17 * 60))
    throw new BadArguments('--start must be HH:MM, from 08:00 to 17:00');
  return {
    speed: numberIn('speed', values.speed, 0, 60),
    seed: whole('seed', values.seed, 0, 1_000_000_000),
    players: !values['no-players'],
    port: whole('port', values.port, 0, 65_535),
    ...(values.data === undefined ? {} : { data: values.data }),
    ...(values.phones === undefined ? {} : { phones: address(values.phones) }),
    start: minute,
    pastDays: whole('past-days', values['past-days'], 0, 30),
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        speed: { type: 'string', default: '10' },
        seed: { type: 'string', default: '1' },
        start: { type: 'string', default: '10:40' },
        port: { type: 'string', default: '8080' },
        'past-days': { type: 'string', default: '14' },
        data: { type: 'string' },
        phones: { type: 'string' },
        help: { type: 'boolean', default: false, short: 'h' },
        'no-players': { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new BadArguments(error instanceof Error ? error.message : String(error));
  }
}

/** A name or an IPv4 address as it stands in a link. */
function address(text: string): string {
  if (!/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text))
    throw new BadArguments(
      '--phones must be a name or an address such as 192.168.1.20, without http:// and port',
    );
  return text;
}

/** A number of a command line, from `least` to `most`. @throws BadArguments */
export function numberIn(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most))
    throw new BadArguments(`--${name} must be a number from ${least} to ${most}`);
  return value;
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = numberIn(name, text, least, most);
  if (!Number.isInteger(value)) throw new BadArguments(`--${name} must be a whole number`);
  return value;
}
