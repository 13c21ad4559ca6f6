// The application of all the servers here.
export function attach(io) {
  io.on("connection", (socket) => {
    socket.on("echo", (text) => socket.emit("echo", text));
    socket.on("binary", (data) => socket.emit("binary", data));
    socket.on("ask", (text, answer) => answer(text));
    socket.on("broadcast", (text) => io.emit("broadcast", text));
    socket.on("room", (room, text) => io.to(room).emit("room", room, text));
    socket.on("join", (room) => {
      socket.join(room);
      socket.emit("join", room);
    });
  });
}

// <port> [<seconds between pings>]
export const port = Number(process.argv[2]);
export const pingInterval = Number(process.argv[3] ?? 3600) * 1000;
