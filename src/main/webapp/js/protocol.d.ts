/** What the page asks the server, or this device, and what these answer. Only for type checks: browsers do not load it. */
import type { Drawing } from './strokes.js';

export interface PredictRequest {
  /** Of the endpoint. By default `predict`. */
  path?: string;
  image: Blob | Promise<Blob>;
  /** Of the API. */
  options: Record<string, string | number | boolean>;
  /** What the image shows. */
  drawing: Drawing;
  /** Whether the drawing is still under way. */
  live?: boolean;
  /** The options with guides, if these are part of the image's file. */
  guided?: object;
}

export interface Candidate {
  label: string;
  confidence: number;
}

/** About one character. */
export interface Answer {
  /** Most confident first. */
  predictions: Candidate[];
  /** PNG data URL of what the model saw. */
  glyph?: string;
  /** PNG data URL of the ink on the picture, black on white. */
  ink?: string;
  /** In [0,1]. */
  legibility?: number;
  /** Round-trip time, measured here. */
  millis?: number;
  /** Name and version. */
  model?: string;
  /** Of the drawing, as the API has them. */
  features?: string;
  /** What the network says without a person's examples. */
  network?: { predictions: Candidate[]; legibility?: number };
  /** Whether the examples have made a difference that is worth a word. */
  isMoved?: boolean;
}

/** In pixels of the picture. */
export type Box = [x: number, y: number, width: number, height: number];

/** A character of a text. */
export interface Character {
  label: string;
  confidence: number;
  box?: Box;
}

/** About text. */
export interface TextAnswer {
  text: string;
  /** Of the whole text. */
  confidence: number;
  alternatives: { text: string; confidence: number }[];
  characters: Character[];
  /** If there are several. */
  lines?: TextAnswer[];
  legibility?: number;
  /** PNG data URL of the ink on the picture. */
  ink?: string;
  /** Round-trip time, measured here. */
  millis?: number;
  /** Name and version. */
  model?: string;
}

/** The models that the server has loaded. */
export interface Description {
  name: string;
  version: string;
  /** The characters that the model tells apart. */
  classes: string[];
  legibility?: { threshold: number };
  /** Whether it can make use of guides. */
  guides?: boolean;
  /** How many features of a drawing it tells, if any. */
  features?: number;
  hashes: { file: string; descriptor: string };
  /** Folder of the runtime that reads on this device, if the server has it. */
  runtime?: string;
  text?: {
    name: string;
    version: string;
    /** The characters that it reads. */
    alphabet?: string;
    legibility?: { threshold: number };
    hashes?: { file: string; descriptor: string; dictionary: string };
  };
}
