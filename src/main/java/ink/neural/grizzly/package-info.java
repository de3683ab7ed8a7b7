/**
 * An add-on for Grizzly, the HTTP connector of Payara Micro and GlassFish. It reads what Grizzly refuses although HTTP allows
 * it, refuses what Grizzly lets through, and bounds what it leaves unbounded. It also has threads and buffers for Payara that cost
 * less. It is no part of the WAR: Maven packs it as {@code target/grizzly-addon.jar}, which these two servers take on their
 * class path.
 */
package ink.neural.grizzly;
