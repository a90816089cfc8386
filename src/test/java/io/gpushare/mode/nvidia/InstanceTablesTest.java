package io.gpushare.mode.nvidia;

import static io.gpushare.mode.nvidia.ControlledGpu.cut;
import static io.gpushare.mode.nvidia.ControlledGpu.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.mode.nvidia.InstanceTables.NumberedInstance;
import io.gpushare.mode.setup.GpuInstance;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As the drivers print them; widths and columns have changed over the years. */
class InstanceTablesTest {
    private static final String GPU_INSTANCES = """
            +---------------------------------------------------------+
            | GPU instances:                                          |
            | GPU   Name               Profile  Instance   Placement  |
            |                            ID       ID       Start:Size |
            |=========================================================|
            |   0  MIG 1g.5gb+me         20        9          6:1     |
            +---------------------------------------------------------+
            |   0  MIG 3g.20gb            9        2          0:4     |
            +---------------------------------------------------------+
            |   1  MIG 7g.40gb            0        0          0:8     |
            +---------------------------------------------------------+
            |   0  MIG 2g.10gb           14        3          4:2     |
            +---------------------------------------------------------+
            """;

    private static final String COMPUTE_INSTANCES = """
            +--------------------------------------------------------------------+
            | Compute instances:                                                 |
            | GPU     GPU       Name             Profile   Instance   Placement  |
            |       Instance                       ID        ID       Start:Size |
            |         ID                                                         |
            |====================================================================|
            |   0      9       MIG 1g.5gb+me        0         0          0:1     |
            +--------------------------------------------------------------------+
            |   0      2       MIG 1c.3g.20gb       0         1          0:1     |
            +--------------------------------------------------------------------+
            |   0      2       MIG 2c.3g.20gb       1         0          1:2     |
            +--------------------------------------------------------------------+
            |   1      0       MIG 7g.40gb          4         0          0:7     |
            +--------------------------------------------------------------------+
            """;

    private static final String WITHOUT_PLACEMENT = """
            +-------------------------------------------------------+
            | Compute instances:                                    |
            | GPU     GPU       Name             Profile   Instance |
            |       Instance                       ID        ID     |
            |         ID                                            |
            |=======================================================|
            |   0      2       MIG 2c.3g.20gb       1         1     |
            +-------------------------------------------------------+
            |   0      2       MIG 1c.3g.20gb       0         0     |
            +-------------------------------------------------------+
            """;

    @Test
    void readsInstancesOfThisGpuOrderedByPlace() {
        List<NumberedInstance> found = InstanceTables.parse(0, GPU_INSTANCES, COMPUTE_INSTANCES);
        assertThat(found).extracting(NumberedInstance::id).containsExactly(2, 3, 9);
        assertThat(found)
                .extracting(NumberedInstance::instance)
                .containsExactly(cut("3g.20gb", 0, 4, 1, 2), cut("2g.10gb", 4, 2), whole("1g.5gb+me", 6, 1));
        assertThat(InstanceTables.parse(1, GPU_INSTANCES, COMPUTE_INSTANCES))
                .extracting(NumberedInstance::instance)
                .containsExactly(whole("7g.40gb", 0, 8));
    }

    @Test
    void laysComputeInstancesBehindOneAnotherWhereTheTableDoesNotSay() {
        assertThat(InstanceTables.parse(0, GPU_INSTANCES, WITHOUT_PLACEMENT))
                .extracting(NumberedInstance::instance)
                .extracting(GpuInstance::computeInstances)
                .first()
                .isEqualTo(cut("3g.20gb", 0, 4, 1, 2).computeInstances());
    }

    @Test
    void findsNothingInARefusal() {
        assertThat(InstanceTables.parse(0, "No GPU instances found: Not Found", ""))
                .isEmpty();
    }
}
