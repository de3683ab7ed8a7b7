/** Events of the service come in, metrics in Prometheus' format leave. */
package ink.neural.metrics;
