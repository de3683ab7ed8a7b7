/** Tests of the packaged WAR on a real server: Payara Micro, or another that a Maven profile selects. */
package ink.neural.it;
