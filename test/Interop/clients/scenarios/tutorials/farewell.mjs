import { collect, connect, next, request } from "../../clients.mjs";
import { equal } from "../../report.mjs";

export default async function () {
  const [leaver, cook, guest, stranger] = [await connect(), await connect(), await connect(), await connect()];
  for (const [socket, ...rooms] of [[leaver, "kitchen", "hall"], [cook, "kitchen"], [guest, "hall"]])
    for (const room of rooms) await request(socket, "join", room);

  const heard = collect(stranger, "user has left");
  const { id } = leaver;
  const farewells = [next(cook, "user has left"), next(guest, "user has left")];
  leaver.io.engine.close();
  equal("each room hears of it", await Promise.all(farewells), [[id, "kitchen"], [id, "hall"]]);
  await request(stranger, "join", "attic");
  equal("nobody else does", heard, []);
}
