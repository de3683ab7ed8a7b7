/** Drawings go to a running server as fast as asked for, figures of how it bore them come back. */
package ink.neural.load;
