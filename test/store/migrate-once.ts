// Another process that starts at the same time: migrates the database and says what it applied.
import { migrate } from "../../src/store/migrate.ts";

process.stdout.write(JSON.stringify(await migrate(process.argv[2] ?? "")));
