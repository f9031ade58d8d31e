// What Python has compiled stays in this browser: the second start need not compile NumPy and matplotlib again.
// A browser may refuse to keep anything; then each start is as long as the first.

const KEPT = "lectureutils-compiled";

// What was kept under this key, as bytes, or undefined. What belongs to another key is old, and goes.
export async function fetchCompiled(key) {
  try {
    const kept = await caches.open(KEPT);
    for (const request of await kept.keys()) if (!request.url.endsWith(`/${key}`)) await kept.delete(request);
    const found = await kept.match(`/${key}`);
    return found ? new Uint8Array(await found.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}

export async function keepCompiled(key, bytes) {
  try {
    await (await caches.open(KEPT)).put(`/${key}`, new Response(bytes));
  } catch {
    // not allowed, or no room
  }
}
