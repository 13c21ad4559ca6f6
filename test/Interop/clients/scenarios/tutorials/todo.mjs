import { connect, next, request } from "../../clients.mjs";
import { equal } from "../../report.mjs";

export default async function () {
  const [ada, bob] = [await connect(), await connect()];
  const created = next(bob, "todo:created");
  equal("a valid todo is created", await request(ada, "todo:create", { title: "tea", completed: false }), [{ status: "OK", data: 1 }]);
  equal("which the others learn", await created, [{ id: 1, title: "tea", completed: false }]);
  equal("one without a title is not", await request(ada, "todo:create", { completed: true }), [{ status: "Bad Request", error: "title is required" }]);

  const updated = next(bob, "todo:updated");
  ada.emit("todo:update", { id: 1, title: "tea", completed: true });
  equal("it is updated", await updated, [{ id: 1, title: "tea", completed: true }]);
  equal("it is read", await request(bob, "todo:read", 1), [{ status: "OK", data: { id: 1, title: "tea", completed: true } }]);
  equal("all are read", await request(bob, "todo:list"), [{ status: "OK", data: [{ id: 1, title: "tea", completed: true }] }]);

  const deleted = next(bob, "todo:deleted");
  equal("it is deleted", await request(ada, "todo:delete", 1), [{ status: "OK" }]);
  equal("which the others learn", await deleted, [1]);
  equal("only once", await request(bob, "todo:delete", 1), [{ status: "Not Found" }]);

  const gone = next(ada, "disconnect");
  ada.emit("todo:create", { title: "nobody would learn its id" });
  equal("who creates one without an acknowledgement is disconnected", await gone, ["io server disconnect", undefined]);
}
