import { connect, connected, create, isV2, next, request, share } from "../clients.mjs";
import { check, equal } from "../report.mjs";

const refusal = (socket) => next(socket, isV2 ? "error" : "connect_error");

export default async function () {
  const main = await connect();
  const news = share(main, "/news");
  const headline = next(news, "headline");
  await connected(news);
  equal("a namespace greets", await headline, ["hello from /news"]);
  check("two namespaces share a connection", main.io === news.io && main.io.engine.id === news.io.engine.id);

  let leaked = 0;
  main.on("only news", () => leaked++);
  const heard = next(news, "only news");
  news.emit("tell all", "x");
  equal("a broadcast reaches its namespace", await heard, ["x"]);
  await request(main, "echo ack");
  equal("and no other", leaked, 0);

  const missing = share(main, "/nowhere");
  const [error] = await refusal(missing);
  equal("an unknown namespace is refused", error.message, "Invalid namespace");

  const dynamic = share(main, "/news");
  check("the same namespace is the same socket", dynamic === news);

  const reason = next(news, "disconnect");
  news.disconnect();
  equal("leaving one namespace", (await reason)[0], "io client disconnect");
  equal("leaves the other connected", await request(main, "sum", 1, 1), [2]);

  const again = next(news, "headline");
  news.connect();
  equal("a namespace can be joined again", await again, ["hello from /news"]);

  const direct = create("/news");
  equal("a namespace can be the first", await next(direct, "headline"), ["hello from /news"]);

  const empty = create("");
  await connected(empty);
  equal("an empty name is the main namespace", empty.nsp, "/");
  equal("which answers", await request(empty, "sum", 1, 1), [2]);
}
