import { collect, connect, next } from "../../clients.mjs";
import { equal } from "../../report.mjs";

export default async function () {
  const [ada, ...others] = [await connect(), await connect(), await connect()];
  const seen = [ada, ...others].map((socket) => collect(socket, "typing"));
  const said = [ada, ...others].map((socket) => next(socket, "chat message"));
  ada.emit("typing", "Ada");
  ada.emit("chat message", "hi");
  await Promise.all(said);
  equal("all but the one who types see it", seen, [[], [["Ada"]], [["Ada"]]]);
}
