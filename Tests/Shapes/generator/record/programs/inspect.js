// Values as Node prints them: an object over several lines, raw headers, JSON, and an error.
const tokens = process.argv.slice(2);
for (const [number, token] of tokens.entries()) {
  const request = {
    timestamp: new Date(),
    method: 'GET',
    url: `/profiles/${number}`,
    headers: { host: 'service.example', authorization: `Bearer ${token}`, 'x-trace': ['a', 'b'] },
    rawHeaders: ['Host', 'service.example', 'Authorization', `Bearer ${token}`],
  };
  console.log(request);
  console.log(JSON.stringify(request, null, 2));
  console.log('%s refused: %o', new Date().toISOString(), { cookie: `session=${token}` });
}
