namespace Cli;

/// <summary>What the tool says of itself.</summary>
internal static class Help
{
    private const string Common = """

        The connection:
          URL                  http://host:port or https://…; without a scheme, http. Its path is the namespace
          -n, --namespace NAME the namespace, such as /orders
          --path PATH          where the server listens (default: /socket.io)
          --auth JSON          the credentials, a JSON object
          --header NAME:VALUE  a header of every request; can be repeated
          --query NAME=VALUE   a query parameter of every request; can be repeated
          --insecure           accepts any certificate
          --eio 3              for servers of Socket.IO 2.x
          --timeout SECONDS    how long a step may take (default: 10)
        """;

    public static string Of(string? command) => command switch
    {
        "connect" => $$"""
            socketio connect URL [options]

            Connects, shows the life of the connection, and emits what you type:

              chat "hello" {"to":1}   emits the event chat with two arguments, JSON values; anything else is sent as one text
              ?sum 1 2                asks for an acknowledgement, and shows it with its latency

            The end of the input (Ctrl+D) or Ctrl+C says goodbye.
            {{Common}}
              --transport NAMES    polling, websocket, or both with a comma, in the order to try
              --parser msgpack     the MessagePack parser; the server must have it too
              --once EVENT         for scripts: waits for this event, prints its arguments as a JSON array, and ends;
                                   everything else goes to the error stream, and the end of the input ends nothing

            Exit codes: 0 done, 1 not connected, or disconnected for good, 2 wrong command line, 3 --once waited in vain.
            """,
        "doctor" => $$"""
            socketio doctor URL [options]

            Finds out why clients cannot connect: walks from the name of the host to the namespace, a line for each step, and
            says at the end what is wrong and what to do. It reads only: sessions that it opens are closed, nothing is emitted.
            {{Common}}
              --origin ORIGIN      whether pages of this origin may connect (CORS), such as https://app.example
              --quick              does not wait for a ping

            Exit codes: 0 all well, 1 something is wrong, 2 wrong command line.
            """,
        _ => """
            socketio connect URL   shows the life of a connection, emits what you type
            socketio doctor URL    finds out why clients cannot connect

            socketio connect --help and socketio doctor --help tell the options.
            """,
    };
}
