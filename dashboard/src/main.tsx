import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { finishLogin } from './api/login.ts';
import { queryClient } from './api/query-client.ts';
import { router } from './router.tsx';
import './styles.css';

const element = document.getElementById('root');
// Before the router reads the address.
await finishLogin();
if (element === null) throw new Error('index.html has no #root');
createRoot(element).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
