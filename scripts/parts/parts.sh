# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# Everything the verbs share; each verb starts with this line, in the root of the tree, where ./tci has gone.

. scripts/parts/say.sh
. scripts/parts/packages.sh
. scripts/parts/restore.sh
. scripts/parts/build.sh
. scripts/parts/format.sh
. scripts/parts/results.sh
. scripts/parts/suites.sh
