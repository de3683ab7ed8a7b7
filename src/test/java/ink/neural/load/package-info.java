/** Programs that put a running server under load, and tests of several servers behind a load balancer. */
package ink.neural.load;
