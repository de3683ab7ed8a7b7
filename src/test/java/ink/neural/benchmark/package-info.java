/** What the program costs without HTTP: bare loops, and JMH benchmarks of each stage. */
package ink.neural.benchmark;
