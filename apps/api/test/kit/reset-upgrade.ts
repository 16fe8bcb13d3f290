import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Asks for a WebSocket and resets the connection once the request is on its way. */
export async function resetUpgrade(port: number, path: string): Promise<void> {
  const socket: Socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'connect');
  const lines = [`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket'];
  const key = ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', '', ''];
  await new Promise<void>((resolve) => socket.write([...lines, ...key].join('\r\n'), () => resolve()));
  await new Promise((resolve) => setTimeout(resolve, 20));
  socket.resetAndDestroy();
  await closed;
}
