/**
 * @file A person's own hand: their examples change the answers. All of that happens on this device, and no example is sent
 * to be kept anywhere.
 */
import { WORTH_A_WORD } from './characters.js';
import { inkOfStrokes } from './device/clean-canvas.js';
import { guideLikelihoods } from './device/guide-model.js';
import { rank } from './device/recognition.js';
import { applyExamples, decodeFeatures } from './few-shot.js';
import { toPng } from './png.js';
import { fetchJson, hand } from './predict.js';
import { rasterize } from './raster.js';
import { SHEET } from './strokes.js';

/** @typedef {import('./protocol').Answer} Answer */
/** @typedef {import('./protocol').Candidate} Candidate */
/** @typedef {import('./protocol').PredictRequest} PredictRequest */
/** @typedef {import('./labelling.js').LabelledDrawing} LabelledDrawing */
/** @typedef {import('./device/guide-model.js').Guides} Guides */
/** @typedef {import('./device/guide-model.js').GuideModel} GuideModel */
/** @typedef {{features: import('./few-shot.js').FewShot, guides?: GuideModel}} Descriptor */

/** How many drawings teach a character that the network does not know. */
export const LEAST_EXAMPLES = 3;
/** How long an answer waits for what was kept, in milliseconds. */
const PATIENCE = 1000;
/** How long to wait for the descriptor, in milliseconds. */
const TIMEOUT = 10_000;
/** Confidences are rounded to six digits. One of 0 is of the order of this. */
const LEAST = 2.5e-7;
/** After how many answers about examples these are kept. */
const CHUNK = 25;

export class Hand {
  #model;
  #labelling;
  #answerView;
  #readLater;
  #askAgain;
  /** Of the model, as far as the examples need it. @type {Descriptor | null} */
  #descriptor = null;
  /** The examples whose features are of this model. @type {import('./few-shot.js').Example[]} */
  #examples = [];
  /** Resolves when the examples and the descriptor are there, or after a while. @type {Promise<unknown>} */
  #isReady = Promise.resolve();
  #isRefreshing = false;
  /** The ids of examples that the model has been asked about. @type {Set<number>} */
  #refreshed = new Set();
  #taught = '';

  /** @param {import('./main.js').Parts} parts @param {import('./labelling.js').default} labelling */
  constructor({ model, answerView, readLater, askAgain }, labelling) {
    this.#model = model;
    this.#labelling = labelling;
    this.#answerView = answerView;
    this.#readLater = readLater;
    this.#askAgain = askAgain;
    hand.ask = (request, ask) => this.#ask(request, ask);
    labelling.addEventListener('change', () => this.#onExamples());
    model.addEventListener('change', () => this.#onModel());
    document.addEventListener('visibilitychange', () => this.#refresh());
    this.#onModel();
  }

  /** Whether the model can learn from examples, or null until that is known. */
  get canLearn() {
    return this.#model.description && Boolean(this.#model.description.features);
  }

  /** The characters that the network does not know and that have been taught, the oldest first. */
  get taught() {
    const unknown = this.#labelling.examples.filter(({ label }) => !this.#model.classes.includes(label)).reverse();
    const labels = [...new Set(unknown.map(({ label }) => label))];
    return labels.filter((label) => unknown.filter((example) => example.label === label).length >= LEAST_EXAMPLES);
  }

  #onModel() {
    this.#descriptor = null;
    this.#refreshed.clear();
    this.#taught = '';
    const loaded = Promise.all([this.#labelling.settled, this.#loadDescriptor()]);
    this.#isReady = Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    this.#onExamples();
  }

  async #loadDescriptor() {
    const { description } = this.#model;
    if (!description?.features) return;
    const url = `api/model/descriptor?${description.hashes.descriptor}`;
    const descriptor = await fetchJson(url, {}, TIMEOUT).catch(() => null);
    if (description === this.#model.description) this.#descriptor = descriptor;
  }

  #onExamples() {
    const { classes, id } = this.#model;
    const { taught } = this;
    this.#examples = this.#labelling.examples
      .filter(({ label, features }) => features?.model === id && [...classes, ...taught].includes(label))
      .map(({ label, features }) => ({ label, features: decodeFeatures(features?.values ?? '') }))
      .filter(({ features }) => features.length === this.#model.description?.features);
    if (this.#taught !== taught.join() && classes.length > 0) this.#answerView.setClasses([...classes, ...taught]);
    this.#taught = taught.join();
    this.#refresh();
  }

  /**
   * Asks for what the network says of all characters, and lets the examples change that.
   * @param {PredictRequest} request
   * @param {(request: PredictRequest) => Promise<Answer>} ask
   */
  async #ask(request, ask) {
    await this.#isReady;
    const descriptor = this.#descriptor;
    if (request.path || !descriptor || this.#examples.length === 0) return ask(request);
    const { charset, guides, ...options } = /** @type {any} */ (request.guided ?? request.options);
    const image = guides ? toPng(request.drawing) : request.image;
    const answer = await ask({ ...request, image, options, guided: undefined });
    const labels = answer.predictions.map(({ label }) => label);
    const likelihoods =
      guides && descriptor.guides && likelihoodsOf(request.drawing, descriptor.guides, guides, labels);
    return this.#adapt(answer, descriptor.features, charset, likelihoods);
  }

  /**
   * @param {Answer} answer about all characters, without guides
   * @param {import('./few-shot.js').FewShot} fewShot
   * @param {string} [charset]
   * @param {number[]} [likelihoods] logarithms, of the place between the guides for each prediction
   * @returns {Answer}
   */
  #adapt(answer, fewShot, charset, likelihoods) {
    const { legibility, features = '', model } = answer;
    const labels = answer.predictions.map(({ label }) => label);
    const probabilities = networkProbabilities(answer);
    const ranked = (
      /** @type {string[]} */ all,
      /** @type {number[]} */ scores,
      /** @type {number} */ legibility = 1,
    ) => rank(guided(scores, likelihoods), all, all.length, charset, legibility);

    const network = { predictions: ranked(labels, probabilities.map(Math.log), legibility), legibility };
    if (!features || model !== this.#model.id) return { ...answer, predictions: network.predictions };
    const recognition = { labels, probabilities, legibility, features: decodeFeatures(features) };
    const adapted = applyExamples(recognition, this.#examples, fewShot);
    const predictions = ranked(adapted.labels, adapted.scores, adapted.legibility);
    const isMoved = differs(network.predictions[0], predictions[0]);
    return { ...answer, predictions, legibility: adapted.legibility, network, isMoved };
  }

  /**
   * Asks about the examples whose features are not of this model, one after the other, while the page is in view and has
   * nothing else to ask.
   */
  async #refresh() {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    /** @type {{example: LabelledDrawing, answer: Answer}[]} */
    let answered = [];
    for (let example = this.#outdated; example; example = this.#outdated) {
      this.#refreshed.add(example.id);
      const answer = await this.#readLater(example.drawing);
      if (answer?.features) answered.push({ example, answer });
      if (answered.length === CHUNK) this.#labelling.keepAnswers(answered.splice(0));
    }
    this.#isRefreshing = false;
    if (answered.length === 0) return;
    this.#labelling.keepAnswers(answered);
    this.#askAgain();
  }

  /** The next example to ask about. */
  get #outdated() {
    if (!this.canLearn || document.hidden) return undefined;
    const { id: model } = this.#model;
    return this.#labelling.examples.find(({ id, features }) => features?.model !== model && !this.#refreshed.has(id));
  }
}

/** Whether the examples have made the best candidate another one, or clearly more or less likely. @type {(before: Candidate, after: Candidate) => boolean} */
const differs = (before, after) =>
  before.label !== after.label || Math.abs(before.confidence - after.confidence) >= WORTH_A_WORD;

/** @type {(drawing: import('./strokes.js').Drawing, model: GuideModel, guides: Guides, labels: string[]) => number[]} */
const likelihoodsOf = ({ strokes }, model, guides, labels) =>
  guideLikelihoods(model, guides, inkOfStrokes(rasterize(strokes, SHEET)).box, labels);

/** What the network gives each class. The confidences of a drawing that is hardly legible have approached each other. @param {Answer} answer */
function networkProbabilities({ predictions, legibility = 1 }) {
  const parts = predictions.map(({ confidence }) =>
    Math.max(confidence - (1 - legibility) / predictions.length, LEAST),
  );
  const sum = parts.reduce((total, part) => total + part);
  return parts.map((part) => part / sum);
}

/** A character that the network does not know may stand as any of the others does. @param {number[]} scores @param {number[]} [likelihoods] logarithms, for the first of the scores */
function guided(scores, likelihoods) {
  if (!likelihoods) return scores;
  const mean = likelihoods.reduce((sum, likelihood) => sum + Math.exp(likelihood), 0) / likelihoods.length;
  return scores.map((score, i) => score + (likelihoods[i] ?? Math.log(mean)));
}
