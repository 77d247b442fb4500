// SPDX-License-Identifier: BSD-3-Clause
return await Tci.Standalone.Hosting.ServerCommand.Run(args);
