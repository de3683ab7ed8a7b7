/** The page in a real Chromium: what a person does with pointer and keys goes in, what they see comes out. */
package ink.neural.it.page;
