/** The module that `electron` names inside the stand-in: what the desktop application uses of Electron, and no more. */
export { app, dialog, ipcMain, Menu, nativeTheme } from './application.ts';
export { BrowserWindow } from './browserWindow.ts';
export { MessageChannelMain } from './messagePorts.ts';
export { safeStorage } from './safeStorage.ts';
export { protocol, session } from './session.ts';
export { utilityProcess } from './utilityProcess.ts';
export { StandInContents as webContents } from './webContents.ts';
