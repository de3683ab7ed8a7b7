/** Tests of the files in {@code docker/}. */
package ink.neural.deploy;
