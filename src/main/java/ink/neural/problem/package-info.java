/** The errors that the API reports, and which exception means which of them. */
package ink.neural.problem;
