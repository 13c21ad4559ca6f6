// The ways of an official server to Redis: { redis: port, or cluster: ports, client: "redis" | "ioredis" }. Every connection bears the name of this process.
import { randomUUID } from "node:crypto";
import { createClient, createCluster } from "redis";
import { Cluster, Redis } from "ioredis";
import { options } from "./control.mjs";

const host = "127.0.0.1";
const name = `peer-${randomUUID()}`;
const isCluster = options.cluster !== undefined;

export async function connect() {
  const client = options.client === "ioredis" ? ioredis() : nodeRedis();
  client.on("error", () => {});
  if (client.connect && options.client !== "ioredis") await client.connect();
  return client;
}

/** Waits until this process has connections that are busy with a command, e.g. subscribed. */
export async function untilBusy(client, command, count = 1) {
  const isBusy = (line) => line.includes(`name=${name} `) && line.includes(` cmd=${command} `);
  while ((await send(client, "CLIENT", "LIST")).split("\n").filter(isBusy).length < count) await new Promise((resolve) => setTimeout(resolve, 5));
}

export const send = (client, ...command) => (client.sendCommand && options.client !== "ioredis" ? client.sendCommand(command) : client.call(...command));

function nodeRedis() {
  const socket = { reconnectStrategy: 100 };
  if (!isCluster) return createClient({ name, socket: { ...socket, host, port: options.redis } });
  return createCluster({ rootNodes: options.cluster.map((port) => ({ url: `redis://${host}:${port}` })), defaults: { name, socket } });
}

function ioredis() {
  const redisOptions = { connectionName: name, retryStrategy: () => 100, maxRetriesPerRequest: null };
  if (!isCluster) return new Redis(options.redis, host, redisOptions);
  return new Cluster(options.cluster.map((port) => ({ host, port })), { redisOptions, shardedSubscribers: true });
}
