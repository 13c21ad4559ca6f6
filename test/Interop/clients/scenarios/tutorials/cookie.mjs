import { connect, request } from "../../clients.mjs";
import { equal } from "../../report.mjs";

export default async function () {
  const socket = await connect("/", { withCredentials: true, extraHeaders: { cookie: "session=abcd", origin: "https://app.example" } });
  equal("the handshake shows the cookie", await request(socket, "cookie"), ["session=abcd"]);
  equal("the session's own cookie comes back with every request, the upgrade's too", await request(socket, "affinities"), [["same"]]);
}
