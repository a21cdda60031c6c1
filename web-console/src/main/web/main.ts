import './shell/console-app.ts';

if (DEV) {
  void import('./dev.ts');
}
