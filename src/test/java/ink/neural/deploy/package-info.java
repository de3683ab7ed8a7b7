/** Manifests go in; whether a cluster would take them, and whether they agree with the rest, comes out. */
package ink.neural.deploy;
