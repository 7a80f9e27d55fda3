/** Starts the page. */
import { Page } from './dom/page';

new Page();
