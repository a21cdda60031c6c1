package kg.sakchy.storage.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kg.sakchy.core.unit.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MerkleTreeTest {
  private static final List<String> INPUTS =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");
  private static final int MOST = 70;

  /** The roots that implementations of RFC 6962 and RFC 9162 are tested with. */
  @ParameterizedTest
  @CsvSource({
    "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
  })
  void theRootsAreThoseOfTheClassicInputs(int leaves, String root) {
    MerkleFrontier tree = MerkleFrontier.EMPTY;
    for (String input : INPUTS.subList(0, leaves)) {
      tree = tree.add(Hashes.leaf(HexFormat.of().parseHex(input)));
    }
    assertThat(tree.root().toString()).isEqualTo(root);
    assertThat(MerkleFrontier.unpack(leaves, tree.packed())).isEqualTo(tree);
  }

  @Test
  void everyLeafIsProvenInEveryTreeAndNoOtherIs() {
    Trees trees = new Trees();
    for (int size = 1; size <= MOST; size++) {
      Bytes root = trees.frontiers.get(size).root();
      for (int leaf = 0; leaf < size; leaf++) {
        List<Bytes> path = trees.tree.inclusion(leaf, size);
        assertThat(path.size()).isLessThanOrEqualTo(7);
        assertThat(MerkleProof.includes(trees.leaf(leaf), leaf, size, path, root)).isTrue();
        assertThat(MerkleProof.includes(trees.leaf(leaf + 1), leaf, size, path, root)).isFalse();
        assertThat(MerkleProof.includes(trees.leaf(leaf), leaf, size, path, trees.leaf(0)))
            .isEqualTo(size == 1);
        if (!path.isEmpty()) {
          List<Bytes> shorter = path.subList(0, path.size() - 1);
          assertThat(MerkleProof.includes(trees.leaf(leaf), leaf, size, shorter, root)).isFalse();
        }
      }
      assertThat(MerkleProof.includes(trees.leaf(0), size, size, List.of(), root)).isFalse();
    }
  }

  @Test
  void everyTreeIsProvenToBeTheBeginningOfEveryLaterOne() {
    Trees trees = new Trees();
    for (int to = 1; to <= MOST; to++) {
      Bytes toRoot = trees.frontiers.get(to).root();
      for (int from = 1; from <= to; from++) {
        Bytes fromRoot = trees.frontiers.get(from).root();
        List<Bytes> path = trees.tree.consistency(from, to);
        assertThat(MerkleProof.continues(from, fromRoot, to, toRoot, path)).isTrue();
        assertThat(MerkleProof.continues(from, trees.leaf(MOST), to, toRoot, path)).isFalse();
        assertThat(MerkleProof.continues(from, fromRoot, to, trees.leaf(MOST), path)).isFalse();
        if (from < to) {
          assertThat(MerkleProof.continues(from, fromRoot, to, toRoot, List.of())).isFalse();
        }
      }
    }
  }

  @Test
  void theEdgeOfAnEarlierTreeIsFoundAgain() {
    Trees trees = new Trees();
    for (int size = 0; size <= MOST; size++) {
      assertThat(trees.tree.frontier(size)).isEqualTo(trees.frontiers.get(size));
    }
  }

  /** Trees of 0 to 70 leaves. */
  private static final class Trees {
    private final Map<String, Bytes> nodes = new HashMap<>();
    private final List<MerkleFrontier> frontiers = new ArrayList<>();
    private final MerkleTree tree =
        new MerkleTree((level, index) -> Objects.requireNonNull(nodes.get(level + "/" + index)));

    Trees() {
      frontiers.add(MerkleFrontier.EMPTY);
      for (int i = 0; i < MOST; i++) {
        nodes.put("0/" + i, leaf(i));
        frontiers.add(
            frontiers
                .getLast()
                .add(leaf(i), (level, index, hash) -> nodes.put(level + "/" + index, hash)));
      }
    }

    Bytes leaf(int number) {
      return Hashes.leaf(("leaf " + number).getBytes(StandardCharsets.UTF_8));
    }
  }
}
