/** System properties and environment variables come in, one checked {@link ink.neural.config.Configuration} leaves. */
package ink.neural.config;
