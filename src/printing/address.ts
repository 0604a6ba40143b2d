/** Where a network printer listens. */
export interface PrinterAddress {
  host: string;
  port: number;
}

/** The port on which receipt printers take raw bytes. */
const RAW_PORT = 9100;
const ADDRESS =
  /^(?:\[([0-9A-Fa-f:]{2,45})\]|([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?))(?::(\d{1,5}))?$/;

/** Reads `host`, `host:port` or `[IPv6]:port`; undefined if it is none of these. */
export function parseAddress(text: string): PrinterAddress | undefined {
  const [, v6, name, digits] = ADDRESS.exec(text) ?? [];
  const host = v6 ?? name;
  const port = digits === undefined ? RAW_PORT : Number(digits);
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port };
}
