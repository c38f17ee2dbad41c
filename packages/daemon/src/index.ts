export { askStatus, askToStop } from './client.ts';
export { daemonFolder, listDaemonFolders } from './daemon-folder.ts';
export { LOG_FILE, readLog } from './log-file.ts';
export { IDLE_SECONDS } from './keep-watch.ts';
export { serve } from './serve.ts';
export type { Ending } from './serve.ts';
export { serveJobs } from './serve-jobs.ts';
export { startDaemon } from './start-daemon.ts';
export type { Answer, Ask, DaemonStatus } from './protocol.ts';
