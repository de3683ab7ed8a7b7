/** Rows with pictures in, the same rows with predictions out: a job and an SQL function for Apache Spark. No part of the WAR. */
package ink.neural.spark;
