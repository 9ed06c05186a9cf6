import { startWorld, world, endWorld } from '/work/main/test/e2e/world.cts';
import { createServer } from 'node:http';
(async () => {
  const t = Date.now();
  await startWorld();
  console.log('up', Date.now() - t, world().n8n.url, world().platform.url, world().recorder.url, world().n8n.userFolder, 'db', world().database.url, 'rc', world().rentCast.url);
  // control: eval over http on localhost
  const s = createServer((q, r) => { let b=''; q.on('data', (c) => b += c); q.on('end', async () => {
    try { const f = new Function('w','require', `return (async()=>{${b}})()`); const v = await f(world(), require); r.end(JSON.stringify(v, null, 1) ?? 'undefined'); } catch (e) { r.end(String((e as Error).stack)); } }); });
  s.listen(39555, '127.0.0.1');
  process.on('SIGINT', async () => { await endWorld(); process.exit(0); });
})().catch((e) => { console.error(e); process.exit(1); });
