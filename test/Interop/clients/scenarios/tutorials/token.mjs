import { create, request } from "../../clients.mjs";
import { equal, within } from "../../report.mjs";

export default async function () {
  const refusals = [];
  const socket = create("/", { auth: { token: "abcd" } });
  socket.on("connect_error", (error) => {
    refusals.push([error.message, error.data]);
    socket.auth.token = "efgh";
    socket.connect();
  });
  await within(new Promise((resolve) => socket.once("connect", resolve)), "the second attempt");
  equal("the first attempt is refused, and says why", refusals, [["invalid credentials", { content: "Please retry later" }]]);
  equal("the second is let in", await request(socket, "who am I"), ["bearer of efgh"]);
}
