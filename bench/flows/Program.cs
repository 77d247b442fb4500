// SPDX-License-Identifier: BSD-3-Clause
using Tci.Bench.Flows.Captures;
Directory.CreateDirectory(args[0]);
CaptureMaker.Mix(Path.Combine(args[0], "mix.pcap"), 1_000_000, 10_000);
CaptureMaker.Handshakes(Path.Combine(args[0], "handshakes.pcap"), 300_000);
CaptureMaker.Wide(Path.Combine(args[0], "wide-10k.pcap"), 3_000_000, 10_000);
CaptureMaker.Wide(Path.Combine(args[0], "wide-1m.pcap"), 3_000_000, 1_000_000);
