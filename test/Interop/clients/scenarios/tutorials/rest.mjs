import { collect, connect, next, request } from "../../clients.mjs";
import { equal, settings } from "../../report.mjs";

export default async function () {
  const [ada, bob] = [await connect(), await connect()];
  await request(ada, "subscribe", "news");
  const heard = [ada, bob].map((socket) => collect(socket, "post"));
  const counted = [ada, bob].map((socket) => next(socket, "posts"));
  const response = await fetch(`${settings.url}/topics/news`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text: "Kaffee & Kuchen" }),
  });
  equal("the endpoint answers", response.status, 202);
  equal("everybody hears that something came", await Promise.all(counted), [[1], [1]]);
  equal("who subscribed hears what", heard, [[["news", "Kaffee & Kuchen"]], []]);
}
