/** Records what the service does and publishes it in Prometheus' format. */
package ink.neural.metrics;
