import { collect, connect, create, next, request } from "../../clients.mjs";
import { equal } from "../../report.mjs";

export default async function () {
  const admin = await connect();
  const [refusal] = await next(create("/workspace-7", { auth: { memberOf: ["/workspace-8"] } }), "connect_error");
  equal("a stranger is refused", refusal.message, "not a member");
  const [invalid] = await next(create("/workspace-x"), "connect_error");
  equal("another name is not there", invalid.message, "Invalid namespace");

  const auth = { memberOf: ["/workspace-7", "/workspace-8"] };
  const [ada, bob, eve] = [await connect("/workspace-7", { auth }), await connect("/workspace-7", { auth }), await connect("/workspace-8", { auth })];
  equal("each workspace is there once", await request(admin, "workspaces"), [["/workspace-7", "/workspace-8"]]);
  const posts = [ada, bob, eve].map((socket) => collect(socket, "post"));
  const plans = [next(ada, "post"), next(bob, "post")];
  ada.emit("post", "plans");
  await Promise.all(plans);
  const others = next(eve, "post");
  eve.emit("post", "other plans");
  await others;
  equal("what is posted stays inside", posts, [[["plans"]], [["plans"]], [["other plans"]]]);

  for (const socket of [ada, bob, eve]) socket.disconnect();
  let left;
  do [left] = await request(admin, "workspaces"); while (left.length > 0);
  equal("empty workspaces are removed", left, []);
}
