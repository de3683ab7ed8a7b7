/**
 * @file How much text a picture may have. The server reads no more either.
 */
import { Problem } from '../../predict.js';

/** The most lines of a picture. */
export const MAX_LINES = 12;
/** The most columns that the images of a picture's lines may have together. */
export const MAX_COLUMNS = 4000;

export const tooMuchText = () => new Problem(413, 'too-much-text');
