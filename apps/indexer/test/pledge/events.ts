import { factTable } from '../../src/protocols/protocol.js';

export const pledged = factTable('pledged', { who: 'text', amount: 'numeric', note: 'text' });
