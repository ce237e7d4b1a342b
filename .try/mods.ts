const f = (c: NodeJS.CpuUsage) => ((c.user + c.system) / 1000).toFixed(0);
for (const m of [
  'zod',
  'hono',
  '../lambdas/api/contract.ts',
  '../lambdas/domain/serving/collections.ts',
  '../lambdas/api/routes.ts',
  '../lambdas/api/app.ts',
  '@hono/node-server',
]) {
  const c = process.cpuUsage();
  await import(m);
  console.log(m, f(process.cpuUsage(c)));
}
