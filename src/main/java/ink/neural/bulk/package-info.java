/** Files in, a file of answers out: what {@code ./run bulk} does, with the server's classes. No part of the WAR. */
package ink.neural.bulk;
