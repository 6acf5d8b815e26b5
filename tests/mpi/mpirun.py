"""Starts programs under mpirun, as on a cluster, on a machine that may have fewer processors."""

import os
import subprocess

# A job that hangs is ended after this long, and its test fails.
PATIENCE = 300

# For containers: root may start jobs, none of the kernel's ways around its own protection of
# memory, nobody waits busily for a processor that others need, and no other machine is looked for.
ENVIRONMENT = {
    "OMPI_ALLOW_RUN_AS_ROOT": "1",
    "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
    "OMPI_MCA_btl_vader_single_copy_mechanism": "none",
    "OMPI_MCA_mpi_yield_when_idle": "1",
    "OMPI_MCA_plm": "isolated",
}


def start(processes, *command, **options):
    """Popen of a job in which `processes` copies of a command run, with its outputs as text."""
    environment = {**os.environ, **ENVIRONMENT, **options.pop("env", {})}
    return subprocess.Popen(
        ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", str(processes),
         *map(str, command)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def run(processes, *command, **options):
    """Runs a job to its end; gives what subprocess.run gives."""
    with start(processes, *command, **options) as job:
        try:
            out, err = job.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            job.terminate()  # mpirun ends the processes that it started
            raise
    return subprocess.CompletedProcess(job.args, job.returncode, out, err)
