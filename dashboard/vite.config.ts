import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `vite build dashboard`: static files in dashboard/dist, served by `headwater dashboard` and by CloudFront. */
export default defineConfig({
  plugins: [react(), tailwind()],
  build: {
    target: 'es2023',
    // Read by the test of the bundle budgets.
    manifest: true,
    // A small file as data: URL would need a wider content security policy.
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4173', '/openapi.json': 'http://127.0.0.1:4173' } },
});
