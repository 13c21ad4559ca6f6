// Runs one scenario against the server of the test: node clients/scenario.mjs '{"scenario":"events","url":…,"client":4,"transports":"upgrade"}'
import { disconnectAll } from "./clients.mjs";
import { main, settings } from "./report.mjs";

const { default: scenario } = await import(`./scenarios/${settings.scenario}.mjs`);
await main(scenario, disconnectAll);
