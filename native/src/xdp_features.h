// SPDX-License-Identifier: BSD-3-Clause
// What the driver of an interface says it can do with XDP.
#pragma once

// The best way in which packets can come, in the words of afxdp sources: "native, zero-copy", "native, copy", "SKB, copy". NULL: the kernel does not say (before
// 6.3). What a capture gets in the end, its status and summary say.
const char *xdp_features_mode(unsigned interface);
