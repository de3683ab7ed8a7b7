/** Tests of the page in a real Chromium: pointer and keyboard input, and what a person sees. */
package ink.neural.it.page;
