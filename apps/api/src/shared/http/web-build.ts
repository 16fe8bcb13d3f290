import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

const DAY_MS = 86_400_000;

/** Serves the built pages; a path that looks like a page and is none of ours leads to the application's first page. */
export function serveWebBuild(app: NestExpressApplication, folder: string): boolean {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return false;
  app.useStaticAssets(join(folder, 'assets'), {
    prefix: '/assets/',
    immutable: true,
    maxAge: 365 * DAY_MS,
    index: false,
  });
  app.useStaticAssets(folder, { index: false, maxAge: 0 });
  app.use((request: Request, response: Response, next: NextFunction): void => {
    if (isPage(request))
      response.sendFile(page, { cacheControl: false, headers: { 'Cache-Control': 'no-cache' } });
    else next();
  });
  return true;
}

const OWN_PATHS = new Set(['/graphql', '/health', '/ready', '/network.json']);
const OWN_FOLDERS = ['/epcis/', '/artifacts/', '/auth/', '/calendar/', '/tables/'];

const FILES = '/assets/';

/** A file lies in the folder of assets or at the top; below the top a dot belongs to what the page is about. */
function isFile(path: string): boolean {
  const [, top = '', ...below] = path.split('/');
  return path.startsWith(FILES) || (below.length === 0 && top.includes('.'));
}

/** Only a GET by a browser for what is no file; a missing script must stay missing. */
function isPage(request: Request): boolean {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const isOwn = OWN_PATHS.has(request.path) || OWN_FOLDERS.some((folder) => request.path.startsWith(folder));
  return isRead && !isOwn && !isFile(request.path) && request.accepts('html') === 'html';
}
