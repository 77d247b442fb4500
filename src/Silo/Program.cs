// SPDX-License-Identifier: BSD-3-Clause
return await Tci.Silo.Hosting.SiloCommand.Run(args);
