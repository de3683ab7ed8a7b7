/** Reads system properties and environment variables into one checked {@link ink.neural.config.Configuration}. */
package ink.neural.config;
